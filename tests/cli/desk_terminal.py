"""desk_terminal.py - a shell on a terminal of its own, and a person who types at it.

1. What is typed waits for its question: an answer given too early would be thrown away by the
   program, which empties the keyboard before it asks for a passphrase.
2. What a command says is kept apart from the line that called it, and from the shell's prompts.
"""
import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
import unicodedata

BEGUN, ENDED = "<<begun>>", re.compile(r"<<ended (\d+)>>")
ESCAPE = re.compile(r"\033\[[0-9;?]*[A-Za-z]")
QUESTION = re.compile(r"(\[y/N\] |[(（][a-z0-9-]+[)）]: ?|[(（][a-z0-9-]+[)）]：)$")
SILENCE_S = 60  # longer than any step of a test takes on a slow machine


def width(text):
    """The columns that a terminal gives to a text."""
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in text
    )


def plain(text):
    """Without colours, and of a line that was written over only what is left of it."""
    lines = ESCAPE.sub("", text).replace("\r\n", "\n").split("\n")
    return "\n".join(line.rsplit("\r", 1)[-1] for line in lines)


class Terminal:
    """bash at a terminal: run() types a command, answers its questions, and waits for its end."""

    def __init__(self, environment, folder, columns=80, rows=24):
        self.pid, self.master = pty.fork()
        if self.pid == 0:
            os.chdir(folder)
            os.execvpe("bash", ["bash", "--noprofile", "--norc", "--noediting", "-i"],
                       {**environment, "PS0": BEGUN, "PS1": "<<ended $?>>", "PS2": "",
                        "HISTFILE": ""})
        self.resize(columns, rows)
        self._read(lambda text: ENDED.search(text))

    def resize(self, columns, rows=24):
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def type(self, keys):
        os.write(self.master, keys.encode())

    def _read(self, is_enough):
        text, last = b"", time.monotonic()
        while True:
            if select.select([self.master], [], [], 0.2)[0]:
                try:
                    text += os.read(self.master, 65536)
                except OSError:  # the shell is gone
                    return text.decode(errors="replace")
                last = time.monotonic()
            said = text.decode(errors="replace")
            if is_enough(said):
                return said
            if time.monotonic() - last > SILENCE_S:
                raise AssertionError("nothing more came after: " + said[-2000:])

    def run(self, command, answer=lambda question: ""):
        """Type a command. `answer` is given all said so far at each question; it returns keys.

        Returns the exit status and everything that was said, colours included.
        """
        said = ""
        self.type(command + "\n")
        while True:
            # What it was answered is echoed: a question counts only when something new asks it.
            more = self._read(lambda text: ENDED.search(text)
                              or (BEGUN in said + text and QUESTION.search(plain(text))))
            said += more
            if ENDED.search(more):
                break
            self.type(answer(plain(said)))
        status = int(ENDED.search(said).group(1))
        return status, ENDED.split(said.split(BEGUN, 1)[1])[0].replace("\r\n", "\n")

    def close(self):
        os.kill(self.pid, signal.SIGHUP)
        os.close(self.master)
        os.waitpid(self.pid, 0)
