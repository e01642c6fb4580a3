"""How far a cue reaches: a seller's own statement, and how far back it is looked for."""

from types import SimpleNamespace

from healthlint.language.reach import own_statement


class Counted(list):
    """Words that count how often one is looked at."""

    looks = 0

    def __getitem__(self, at):
        self.looks += 1
        return super().__getitem__(at)


def sentence(words):
    """Return a sentence of words with a space between."""
    text, starts = " ".join(words), []
    for word in words:
        starts.append(starts[-1] + len(words[len(starts) - 1]) + 1 if starts else 0)
        assert text.startswith(word, starts[-1])
    ends = [start + len(word) for start, word in zip(starts, words, strict=True)]
    return SimpleNamespace(words=Counted(words), lead=0, first=0, text=text, starts=starts, ends=ends)


def test_a_seller_begins_to_speak_of_his_own():
    said = sentence("the fda warned about pills but our oil cures gout".split())
    assert own_statement(said, said, 8) == 6
    assert own_statement(said, said, 3) == 0


def test_a_sentence_without_end_is_not_looked_through():
    said = sentence(["ninety", "percent", "of", "days"] * 5_000)
    assert own_statement(said, said, 19_000) == 0
    assert said.words.looks < 100
