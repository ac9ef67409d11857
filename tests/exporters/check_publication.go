// check_publication.go - a publication's log as Go's own transparency-log package sees it.
//
// It shares no line with Mingzhang: notes are opened by golang.org/x/mod/sumdb/note, hashes, tiles and
// proofs are judged by golang.org/x/mod/sumdb/tlog. Only the file names differ: a C2SP tlog-tiles tree
// has no height in its paths and calls the data tiles "entries".
//
//	GOPATH=/usr/share/gocode GO111MODULE=off go run check_publication.go PUBLICATION
//
// (Debian: golang-go, golang-golang-x-mod-dev.) Ends with 0 when everything holds, 1 when something
// doesn't, 2 on wrong usage.
package main

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const (
	tileHeight    = 8
	proofsChecked = 64   // entries whose inclusion is proved, spread evenly
	batch         = 4096 // leaf hashes read at a time
)

func fail(format string, args ...any) {
	fmt.Fprintf(os.Stderr, "check_publication: "+format+"\n", args...)
	os.Exit(1)
}

// pathOf is the C2SP name of a tile.
func pathOf(tile tlog.Tile) string {
	name := strings.TrimPrefix(tile.Path(), "tile/"+strconv.Itoa(tileHeight)+"/")
	if rest := strings.TrimPrefix(name, "data/"); rest != name {
		return "tile/entries/" + rest
	}
	return "tile/" + name
}

// reader serves tiles from the clone; tlog checks them against the root before it uses them.
type reader struct {
	root string
	seen map[string]bool
}

func (r reader) Height() int { return tileHeight }

func (r reader) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var all [][]byte
	for _, tile := range tiles {
		data, err := os.ReadFile(filepath.Join(r.root, pathOf(tile)))
		if err != nil {
			return nil, err
		}
		r.seen[pathOf(tile)] = true
		all = append(all, data)
	}
	return all, nil
}

func (r reader) SaveTiles([]tlog.Tile, [][]byte) {}

// openCheckpoint verifies a note and reads its three lines.
func openCheckpoint(data []byte, verifier note.Verifier) tlog.Tree {
	opened, err := note.Open(data, note.VerifierList(verifier))
	if err != nil {
		fail("checkpoint: %v", err)
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) != 4 || lines[0] != verifier.Name() || lines[3] != "" {
		fail("checkpoint: not origin, size and root: %q", opened.Text)
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		fail("checkpoint: size: %v", err)
	}
	hash, err := tlog.ParseHash(lines[2])
	if err != nil {
		fail("checkpoint: root: %v", err)
	}
	return tlog.Tree{N: size, Hash: hash}
}

// splitBundle cuts an entry bundle: each entry has its size in two bytes, big-endian, before it.
func splitBundle(name string, data []byte) [][]byte {
	var entries [][]byte
	for len(data) > 0 {
		if len(data) < 2 || len(data)-2 < int(binary.BigEndian.Uint16(data)) {
			fail("%s: entry %d is cut short", name, len(entries))
		}
		size := int(binary.BigEndian.Uint16(data))
		entries = append(entries, data[2:2+size])
		data = data[2+size:]
	}
	return entries
}

// checkEntries compares every entry of every bundle with the tree's leaf hash of it.
func checkEntries(tree tlog.Tree, r reader, hashes tlog.HashReader) {
	for n := int64(0); n*256 < tree.N; n++ {
		width := tree.N - n*256
		if width > 256 {
			width = 256
		}
		name := pathOf(tlog.Tile{H: tileHeight, L: -1, N: n, W: int(width)})
		data, err := os.ReadFile(filepath.Join(r.root, name))
		if err != nil {
			fail("%v", err)
		}
		r.seen[name] = true
		entries := splitBundle(name, data)
		if int64(len(entries)) != width {
			fail("%s: %d entries, not %d", name, len(entries), width)
		}
		var indexes []int64
		for i := range entries {
			indexes = append(indexes, tlog.StoredHashIndex(0, n*256+int64(i)))
		}
		leaves, err := hashes.ReadHashes(indexes)
		if err != nil {
			fail("%v", err)
		}
		for i, entry := range entries {
			if tlog.RecordHash(entry) != leaves[i] {
				fail("%s: entry %d isn't the one that the tree has", name, n*256+int64(i))
			}
		}
	}
}

// checkProofs proves and checks the inclusion of entries spread over the log.
func checkProofs(tree tlog.Tree, hashes tlog.HashReader) int {
	step := tree.N/proofsChecked + 1
	count := 0
	for seq := int64(0); seq < tree.N; seq += step {
		leaf, err := hashes.ReadHashes([]int64{tlog.StoredHashIndex(0, seq)})
		if err != nil {
			fail("entry %d: %v", seq, err)
		}
		proof, err := tlog.ProveRecord(tree.N, seq, hashes)
		if err != nil {
			fail("entry %d: %v", seq, err)
		}
		if err := tlog.CheckRecord(proof, tree.N, tree.Hash, seq, leaf[0]); err != nil {
			fail("entry %d: %v", seq, err)
		}
		count++
	}
	return count
}

func git(root string, args ...string) []byte {
	out, err := exec.Command("git", append([]string{"-C", root}, args...)...).Output()
	if err != nil {
		fail("git %s: %v", strings.Join(args, " "), err)
	}
	return out
}

// checkHistory holds every checkpoint that was ever committed to the newest tree.
func checkHistory(root string, tree tlog.Tree, verifier note.Verifier, hashes tlog.HashReader) int {
	commits := strings.Fields(string(git(root, "log", "--format=%H", "--", "checkpoint")))
	newer := tree
	for _, commit := range commits {
		older := openCheckpoint(git(root, "show", commit+":checkpoint"), verifier)
		if older.N > newer.N {
			fail("commit %s: its log of %d entries is larger than the next one's %d", commit, older.N, newer.N)
		}
		newer = older
		if older.N == 0 {
			continue
		}
		proof, err := tlog.ProveTree(tree.N, older.N, hashes)
		if err != nil {
			fail("commit %s: %v", commit, err)
		}
		if err := tlog.CheckTree(proof, tree.N, tree.Hash, older.N, older.Hash); err != nil {
			fail("commit %s: the log of %d entries isn't the beginning of the newest: %v", commit, older.N, err)
		}
	}
	return len(commits)
}

// checkTiles reads every leaf hash through every tile, and looks for files that belong to no tile.
func checkTiles(tree tlog.Tree, r reader, hashes tlog.HashReader) {
	for first := int64(0); first < tree.N; first += batch {
		var indexes []int64
		for n := first; n < tree.N && n < first+batch; n++ {
			indexes = append(indexes, tlog.StoredHashIndex(0, n))
		}
		if _, err := hashes.ReadHashes(indexes); err != nil {
			fail("%v", err)
		}
	}
	// Tiles of higher levels that no leaf needed are compared with what the leaves make of them.
	for level := 1; tree.N>>(tileHeight*level) > 0; level++ {
		count := tree.N >> (tileHeight * level)
		for n := int64(0); n*256 < count; n++ {
			width := count - n*256
			if width > 256 {
				width = 256
			}
			tile := tlog.Tile{H: tileHeight, L: level, N: n, W: int(width)}
			wanted, err := tlog.ReadTileData(tile, hashes)
			if err != nil {
				fail("%s: %v", pathOf(tile), err)
			}
			data, err := os.ReadFile(filepath.Join(r.root, pathOf(tile)))
			if err != nil {
				fail("%v", err)
			}
			if !bytes.Equal(data, wanted) {
				fail("%s: not the hashes of the level below", pathOf(tile))
			}
			r.seen[pathOf(tile)] = true
		}
	}
}

func checkNoOthers(r reader) {
	err := filepath.WalkDir(filepath.Join(r.root, "tile"), func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		name, err := filepath.Rel(r.root, path)
		if err == nil && !r.seen[filepath.ToSlash(name)] {
			fail("%s: belongs to no tile of the newest checkpoint", name)
		}
		return err
	})
	if err != nil {
		fail("%v", err)
	}
}

func main() {
	if len(os.Args) != 2 || strings.HasPrefix(os.Args[1], "-") {
		fmt.Fprintln(os.Stderr, "usage: GOPATH=/usr/share/gocode GO111MODULE=off go run check_publication.go PUBLICATION\n"+
			"Check the log of a publication (a clone with its work tree) by Go's sumdb packages: the\n"+
			"checkpoint's signature, every tile and entry, inclusion proofs, and that every checkpoint\n"+
			"in the history of git is the beginning of the newest.")
		os.Exit(2)
	}
	root := os.Args[1]
	vkey, err := os.ReadFile(filepath.Join(root, "keys", "log.vkey"))
	if err != nil {
		fail("%v", err)
	}
	verifier, err := note.NewVerifier(strings.TrimSuffix(string(vkey), "\n"))
	if err != nil {
		fail("keys/log.vkey: %v", err)
	}
	data, err := os.ReadFile(filepath.Join(root, "checkpoint"))
	if err != nil {
		fail("%v", err)
	}
	tree := openCheckpoint(data, verifier)
	r := reader{root, map[string]bool{}}
	hashes := tlog.TileHashReader(tree, r)
	checkTiles(tree, r, hashes)
	checkEntries(tree, r, hashes)
	checkNoOthers(r)
	proofs := checkProofs(tree, hashes)
	checkpoints := checkHistory(root, tree, verifier, hashes)
	fmt.Printf("%s: %d entries, %d files of tiles, %d inclusion proofs, %d checkpoints in history: good\n",
		verifier.Name(), tree.N, len(r.seen), proofs, checkpoints)
}
