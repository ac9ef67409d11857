// note_peer.go - signed notes by golang.org/x/mod/sumdb/note, the format's first implementation,
// for test_note.c to compare ours with.
//
//	note_peer sign SKEY <TEXT >NOTE       sign a text
//	note_peer open VKEY… <NOTE >TEXT      verify a note by every one of these keys
//
// Keys of type 0x04, which that package does not know, are verified by cosigner below, written from
// C2SP's tlog-cosignature.
package main

import (
	"crypto/ed25519"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"io"
	"log"
	"os"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
)

type cosigner struct {
	name string
	hash uint32
	key  ed25519.PublicKey
}

func (c cosigner) Name() string    { return c.name }
func (c cosigner) KeyHash() uint32 { return c.hash }

func (c cosigner) Verify(text, signature []byte) bool {
	if len(signature) != 8+ed25519.SignatureSize {
		return false
	}
	seconds := binary.BigEndian.Uint64(signature)
	message := fmt.Sprintf("cosignature/v1\ntime %d\n%s", seconds, text)
	return ed25519.Verify(c.key, []byte(message), signature[8:])
}

func verifier(vkey string) note.Verifier {
	parts := strings.SplitN(vkey, "+", 3)
	if len(parts) == 3 {
		data, err := base64.StdEncoding.DecodeString(parts[2])
		hash, hashErr := strconv.ParseUint(parts[1], 16, 32)
		if err == nil && hashErr == nil && len(data) == 1+ed25519.PublicKeySize && data[0] == 4 {
			return cosigner{parts[0], uint32(hash), data[1:]}
		}
	}
	known, err := note.NewVerifier(vkey)
	if err != nil {
		log.Fatal(err)
	}
	return known
}

func main() {
	log.SetFlags(0)
	if len(os.Args) < 3 {
		log.Fatal("usage: note_peer sign SKEY | open VKEY…")
	}
	input, err := io.ReadAll(os.Stdin)
	if err != nil {
		log.Fatal(err)
	}
	if os.Args[1] == "sign" {
		signer, err := note.NewSigner(os.Args[2])
		if err != nil {
			log.Fatal(err)
		}
		signed, err := note.Sign(&note.Note{Text: string(input)}, signer)
		if err != nil {
			log.Fatal(err)
		}
		os.Stdout.Write(signed)
		return
	}
	var known []note.Verifier
	for _, vkey := range os.Args[2:] {
		known = append(known, verifier(vkey))
	}
	opened, err := note.Open(input, note.VerifierList(known...))
	if err != nil {
		log.Fatal(err)
	}
	if len(opened.Sigs) != len(known) {
		log.Fatalf("%d of %d signatures", len(opened.Sigs), len(known))
	}
	os.Stdout.WriteString(opened.Text)
}
