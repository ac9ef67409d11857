"""test_keyboard.py PROGRAM HOME - questions answered by everything but an answer. Two vouchers,
分配-21 and 分配-22, wait; one yes is given at the end."""
import os
import re
import sys

from desk_terminal import Terminal, plain, width

PROGRAM, HOME = sys.argv[1:3]
with open(f"{HOME}/passphrase", encoding="utf-8") as file:
    SECRET = file.read().strip()
SUBMIT = ("mingzhang -u li voucher submit allocation --reference 分配-30 --date 2021-07-01"
          " --amount 1000 --text 转下达 --from 示例县/项目建设/2021-中央-01/可用"
          " --to 柳林村/项目建设/2021-中央-01/可用")


def terminal(**changed):
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG"))}
    return Terminal({**kept, "LANG": "C.UTF-8", "TERM": "xterm", "HOME": HOME,
                     "PATH": f"{os.path.dirname(PROGRAM)}:{kept['PATH']}", **changed}, HOME)


def flat(said):
    """What went on below itself, on one line again."""
    return re.sub(r"\n +", " ", plain(said))


def check(is_true, command, said):
    if not is_true:
        sys.exit(f"{command}:\n{said}")


def gets(shell, wanted, text, command, keys=""):
    """`keys` answer what isn't a question for the passphrase; or it, when there is no other."""
    asked = "[y/N] "
    status, said = shell.run(command, lambda said: keys if said.endswith(asked) else SECRET + "\n")
    check(status == wanted and text in flat(said), f"{command} {keys!r}: {status}", plain(said))
    check(SECRET not in said, command, said)
    return said


def at_passphrase(shell, wanted, text, keys):
    status, said = shell.run(SUBMIT, lambda said: keys)
    check(status == wanted and text in flat(said), f"{keys!r}: {status}", plain(said))
    check(keys.strip() not in plain(said) or len(keys.strip()) < 2, "what was typed is shown", said)
    gets(shell, 0, " echo ", "stty -a")
    return said


def questions(shell):
    said = at_passphrase(shell, 5, "does not open the", "wrong\n")
    check(said.count("type it again") == 3, "three tries", said)
    at_passphrase(shell, 5, "the passphrase is empty", "\x04")
    at_passphrase(shell, 130, "interrupted; nothing was written", "\x03")
    at_passphrase(shell, 3, "longer than 1024 bytes", "x" * 2000 + "\n")
    approve = "mingzhang -u wang voucher approve 分配-21"
    for keys in ("\x04", "\n", "n\n", "yes please\n", " y\n", "Ｙ\n", "y" * 3000 + "\n"):
        gets(shell, 3, "nothing was written", approve, keys)
    gets(shell, 130, "interrupted; nothing was written", approve, "\x03")
    # Where what is shown goes to a pager or a file, a person is asked all the same.
    gets(shell, 3, "Approve it?", f"{approve} >/dev/null", "n\n")
    large = SUBMIT.replace("分配-30", "分配-31").replace("--amount 1000", "--amount 10万")
    gets(shell, 3, "It is large. Submit it?", large, "n\n")
    gets(shell, 3, "1 of 1 lines whole", large, "n\n")
    gets(shell, 0, "2021-000018 submitted", large, "是\n")
    gets(shell, 0, "same content", large)
    check("Approve" not in gets(shell, 0, "posted", approve + " --yes"), approve, "asked")


def widths(shell):
    for columns, most in ((200, 200), (80, 80), (60, 60), (40, 40), (7, 40)):
        shell.resize(columns)
        for command in ("voucher list", "report progress", "report books", "balance", "attention",
                        "balance 示财农〔2021〕1号", "voucher list --state pending", "voucher nonsense",
                        "trace fund 2021-中央-01 --no-such-option-at-all"):
            _, said = shell.run("mingzhang " + command)
            wide = max(width(line) for line in plain(said).split("\n"))
            check(wide <= max(most, 45), f"{command}: {wide} of {columns}", plain(said))
    shell.resize(80)


def kinds():
    for changed in ({"TERM": "dumb"}, {"TERM": ""}, {"NO_COLOR": "1"}):
        shell = terminal(**changed)
        said = gets(shell, 2, "is no command", "mingzhang voucher list; mingzhang vocher")
        check("\033" not in said, changed, repr(said))
        shell.close()
    shell = terminal(LANG="zh_CN.GBK")
    gets(shell, 2, "this terminal is set to GBK, mingzhang speaks UTF-8", "mingzhang vocher")
    gets(shell, 2, "没有命令", "mingzhang vocher")
    shell.close()


terminal_here = terminal()
questions(terminal_here)
widths(terminal_here)
terminal_here.close()
kinds()
print("as it must be")
