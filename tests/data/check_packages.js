// check_packages.js FOLDER… - by Frictionless Data's own library: is each a valid tabular data package,
// does every cell have its type, and does every code name a row of the table that it should?
const {Package} = require('datapackage');

(async () => {
  for (const folder of process.argv.slice(2)) {
    const data = await Package.load(`${folder}/datapackage.json`, {strict: false});
    const errors = data.errors.map(String);
    for (const resource of data.resources) {
      if (!resource.tabular) errors.push(`${resource.name} is not tabular`);
      try {
        await resource.read({relations: true});
      } catch (error) {
        errors.push(`${resource.name}: ${error} ${(error.errors || []).slice(0, 3)}`);
      }
    }
    for (const error of errors) console.log(`${folder}: ${error}`);
    if (errors.length > 0) process.exitCode = 1;
  }
})().catch(error => { console.log(String(error)); process.exitCode = 1; });
