"""The speech act of marked words, from the shipped cues."""

from __future__ import annotations

import pytest

from healthlint.document import Block, Document
from healthlint.language.breaks import Breaks
from healthlint.language.frames import FrameFinder
from healthlint.language.reading import Reading
from healthlint.patterns.matcher import Matcher
from healthlint.patterns.vocabulary import Vocabulary
from healthlint.patterns.word_data import index
from healthlint.rule_file import unmark
from healthlint.rulebook import load_book
from healthlint.text import NEXT_BLOCK, Piece, Prose, Source

NO_WORDS = Vocabulary(index([], [], {}, []).data)


@pytest.fixture(scope="module")
def finder() -> FrameFinder:
    book = load_book()
    vocabulary = Vocabulary(book.words)
    vocabulary.introduce(set(book.words.words))
    return FrameFinder(book.frames.cues, book.frames.reach, Matcher(vocabulary, book.specials))


@pytest.fixture(scope="module")
def breaks() -> Breaks:
    frames = load_book().frames
    return Breaks(*frames[2:])


def frame_of(marked: str, finder: FrameFinder, breaks: Breaks, *, informs: bool = True) -> str:
    """Return the frame of the [[marked]] words; a line "# …" is a heading, "> …" a quotation, "- …" an item led in to."""
    written, marks = unmark(marked)
    blocks, pieces, at, offset, heading, lead = [], [], 0, 0, -1, -1
    shift: list[tuple[int, int]] = []
    for line in written.split("\n"):
        kind, inside, skip = "paragraph", (), 0
        for sign, named in (("# ", "heading"), ("> ", "quote"), ("- ", "list_item")):
            if line.startswith(sign):
                kind, skip = (named, 2)
        if kind == "quote":
            kind, inside = "paragraph", ("quote",)
        if blocks:
            pieces.append(Piece(at, at, NEXT_BLOCK))
            offset += len(NEXT_BLOCK)
        number = len(blocks)
        text = line[skip:]
        blocks.append(
            Block(
                kind,
                offset,
                offset + len(text),
                inside=inside,
                heading=heading,
                lead=lead if kind == "list_item" else -1,
            )
        )
        pieces.append(Piece(at + skip, at + len(line)))
        shift.append((at + skip, offset - at - skip))
        heading = number if kind == "heading" else heading
        lead = lead if kind == "list_item" else number
        offset += len(text)
        at += len(line) + 1
    source = Source("page.md", written)
    reading = Reading(Document(source, Prose(source, pieces), tuple(blocks)), breaks, NO_WORDS)
    start, end = marks[0]
    moved = [move for begin, move in shift if begin <= start][-1]
    return finder.frame(reading, start + moved, end + moved, informs=informs)


CASES = [
    ("assert", "Our drops [[cure gout]] in a week.", "a plain claim"),
    ("assert", "It not only [[cures gout]] but tastes good.", "not only"),
    ("assert", "No wonder it [[cures gout]].", "no wonder"),
    ("assert", "Nothing beats it: it [[cures gout]].", "nothing beats"),
    ("assert", "The balm has [[no side effects]].", "a negation inside the claim"),
    ("assert", "No hangover, no crash, [[no side effects]].", "denials named in turn"),
    ("assert", "No needles and [[without side effects]].", "two denials"),
    ("assert", "It [[cannot do any harm]], so why wait?", "a statement with a question hung on it"),
    ("negate", "There is no gel [[without side effects]].", "a denial of a denial"),
    ("question", "Has it [[no side effects]], and why not?", "two questions"),
    ("assert", "It [[works for sciatica]], which may help sleep.", "a hedge in another clause"),
    ("assert", "Do not wait: it [[cures gout]].", "an urging"),
    ("assert", "You can [[end gout]] this week.", "can is no hedge"),
    ("assert", "Don't suffer from gout, [[cure it]] with our tea.", "a negated hardship"),
    ("assert", "Can it cure gout? It can. It [[cures gout]].", "the answer itself"),
    ("hedge", "Can it [[treat gout]]? It certainly can.", "a question that is answered"),
    ("negate", "This tea does not [[cure gout]].", "does not"),
    ("negate", "No tea [[cures gout]].", "no agent"),
    ("negate", "The tea has not yet been shown to [[cure gout]].", "not yet, which begins no clause"),
    ("negate", "It is anything but [[a cure for gout]].", "anything but"),
    ("negate", "[[Gout cannot be cured]] with tea.", "a passive denied inside of the claim"),
    ("negate", "[[Gout has never been fully healed]] by tea.", "never been healed, inside of the claim"),
    ("assert", "[[Gout is not only treated but cured]] here.", "not only, inside of the claim"),
    ("negate", "Nothing on this page [[cures gout]].", "nothing"),
    ("negate", "No treatment is [[without side effects]].", "a negated negation"),
    ("negate", "There is no evidence that it [[cures gout]].", "no evidence"),
    ("negate", "That tea [[cures gout]] is simply not true.", "denied behind"),
    ("report", "The idea that tea [[cures gout]] is a myth.", "a myth"),
    ("negate", "Our tonic does not cure:\n- [[gout]]", "a negation in the lead-in"),
    ("negate", "It is far from [[completely safe]].", "far from"),
    ("question", "Does tea [[cure gout]]?", "a question"),
    ("question", "We wonder if tea [[cures gout]].", "a cue whose last word begins the clause"),
    ("assert", "It is no dream: it [[cured gout]].", "a statement of its own behind a colon"),
    ("negate", "It does none of these: [[cure gout]], end acne.", "a list behind a colon"),
    ("assert", "Rather than mask it, the gel [[cures gout]].", "what is done instead, behind a comma"),
    ("negate", "It masks rather than [[cures gout]], acne and warts.", "rather than"),
    ("assert", "It does not hurt and can [[cure gout]].", "another verb behind a denied one"),
    ("negate", "There is no sign that it works and can [[cure gout]].", "two verbs denied at once"),
    ("assert", "Those who cannot have surgery or who want to [[end gout]].", "another who"),
    ("assert", "It treats you, not a symptom alone, and patients [[beat gout]].", "another subject"),
    ("assert", "Whether you are old or young, it [[cures gout]].", "whether, where it does not matter"),
    ("question", "Scientists study whether tea can [[cure gout]].", "what is studied"),
    ("assert", "This means it [[cures gout]].", "this means"),
    ("define", "The word means [[a cure for gout]].", "a word means"),
    ("negate", "Never [[cures gout]] for long.", "never"),
    ("assert", "Gout will never come back: we [[cure gout]].", "never, in a promise before a colon"),
    ("report", "A man who sold bleach as [[a cure for gout]] has been jailed.", "a seller who was jailed"),
    ("report", "The maker's website claimed its teas could [[cure gout]].", "the website of somebody"),
    ("report", "They told parents that bleach would [[cure gout]].", "what parents were told"),
    ("report", "The drops were advertised to [[cure gout]].", "advertised to"),
    ("attribute", "In the sixteenth century a tea was drunk to [[cure gout]].", "a use of long ago"),
    ("attribute", "You may have read that cherries [[cure gout]].", "what can be read"),
    ("question", "We asked whether tea [[cures gout]].", "whether"),
    ("question", "# Can cupping [[treat gout]]?\nCupping is an old practice.", "a question heading"),
    ("question", "What if a tea could [[cure gout]]?", "a what-if on a page that informs"),
    ("hedge", "It may [[cure gout]].", "may"),
    ("hedge", "It could possibly [[cure gout]].", "could"),
    ("hedge", "It seems to [[relieve gout]].", "seems to"),
    ("report", "The FDA warned sellers who say their teas [[cure gout]].", "a regulator warns"),
    ("report", "Marketers claim that the tea [[cures gout]].", "sellers claim"),
    ("report", "He was fined for claiming that his tea [[cures gout]].", "fined for claiming"),
    ("report", "# Watchdog bans tea ad\nIt [[cures gout]], the page said.", "a headline of enforcement"),
    ("report", "Be careful with products that claim to [[cure gout]].", "products that claim to"),
    ("quote", "The watchdog objected to the words “[[cures gout]]”.", "quoted by a regulator"),
    ("quote", "Avoid phrases like “[[cures gout]]”.", "quoted by an adviser"),
    ("testimonial", "> It [[cured my gout]] in a week.\n> — Ann, Leeds", "a signed quotation"),
    ("testimonial", "“The drops [[ended her gout]].” – P.K.", "quotation marks and initials"),
    ("testimonial", "After a month the tea [[cured my gout]].", "first person"),
    ("testimonial", "# What our customers say\nThe tea [[cured gout]] fast.", "under a heading for reviews"),
    (
        "testimonial",
        "I bought the band in May. It felt odd at first. [[Gout gone]] in a week.",
        "a story goes on without I",
    ),
    ("testimonial", "“My hands ached for years. Now [[the gout is gone]].”", "a quotation that says my, unsigned"),
    ("testimonial", "“Tiny drops, [[gout gone]].”\n“I am a believer.”", "a quotation beside another customer's"),
    ("testimonial", "# How I beat my gout\nThe drops [[ended gout]] for good.", "under a heading that says I"),
    ("testimonial", "- [[Gout gone]] for good\n“I dance again.”", "an item over a customer's quotation"),
    ("testimonial", "Joan Hill, 61, had given up. After two weeks [[her gout was gone]].", "a person by name and age"),
    ("testimonial", "A 52-year-old teacher tried it. Soon [[his gout was gone]].", "a person by age alone"),
    ("testimonial", "Mary from Ohio felt ill for years. Then [[her gout was gone]].", "a person by name and place"),
    ("testimonial", "★★★★★ [[Gout gone]] in a week", "a line that begins with stars"),
    ("assert", "Water from Fiji tastes sweet. It [[cures gout]].", "a thing by name and place"),
    ("assert", "I treat patients with gout. My needles [[cure gout]].", "one who treats"),
    ("assert", "As a naturopath I work here. My tea [[cures gout]].", "one who sells"),
    ("assert", "I tested nine teas. This one [[cures gout]].", "one who compares"),
    ("assert", "I love the band. You will see it [[cure gout]].", "a seller turns to the reader"),
    ("assert", "In May it rained. He said so. It [[cures gout]].", "no person introduced"),
    ("assert", "We opened in May and [[cure gout]].", "the month of May"),
    ("quote", "“This tea [[cures gout]].” It does not.", "a quotation that the next sentence denies"),
    ("quote", "“Cherries [[cured my gout]]. Should I try them?”\nPlease don't.", "a letter that is answered"),
    (
        "testimonial",
        "“My gout was bad. Cherries [[cured my gout]]. It was not hard.”",
        "a customer who denies another thing",
    ),
    ("quote", "“Cherries [[cure gout]].”\nThere is no evidence for this.", "a quotation that the next block denies"),
    ("quote", "The posters on the trams said that it “[[cures gout]]”.", "posters said"),
    ("quote", "A radio spot promised that it “[[cures gout]]”.", "a spot promised"),
    ("negate", "The order bars the firm from claiming that it [[cures gout]].", "bars from claiming"),
    ("report", "An article that says tea [[cures gout]] has not looked.", "an article that says"),
    ("instruct", "You do not need to [[treat gout]] that does not hurt.", "you do not need to treat"),
    ("instruct", "Ask your doctor before you [[treat gout]] with it.", "ask your doctor"),
    ("negate", "Do not [[treat gout]] with this tea.", "do not, at the start"),
    ("assert", "Walking without an insert is [[only a quick fix]].", "a verb behind what is gone without"),
    (
        "assert",
        "You see without lenses and this [[can be seen in a day]].",
        "a new subject behind what is gone without",
    ),
    ("negate", "It works without [[steroids that cure gout]].", "what is gone without"),
    ("negate", "It is sold without proof that it will [[cure gout]].", "without proof that it will"),
    ("negate", "It is sold without tests and trials [[to cure gout]].", "what else is gone without"),
    ("negate", "Be suspicious of anyone who says he can [[cure gout]].", "be suspicious"),
    ("define", "Gout is a disease that [[treats people]] badly.", "is a disease"),
    ("regulate", "An ad must not claim that a tea [[cures gout]].", "must not claim"),
    ("regulate", "Only licensed medicines may say that they [[treat gout]].", "only licensed medicines"),
    (
        "disclaimer",
        "This product is not intended to diagnose, treat, cure, or [[prevent any disease]].",
        "the FDA disclaimer",
    ),
    (
        "disclaimer",
        "This page is no substitute for medical advice; it is not medical advice to [[treat gout]].",
        "no medical advice",
    ),
    ("attribute", "According to a trial of 200 adults it [[relieves gout]].", "according to"),
    ("attribute", "In a randomised trial the gel [[relieved gout]].", "a randomised trial"),
]


@pytest.mark.parametrize(("frame", "marked"), [pytest.param(f, text, id=f"{f}: {claim}") for f, text, claim in CASES])
def test_the_frame_of_a_clause(frame: str, marked: str, finder: FrameFinder, breaks: Breaks) -> None:
    assert frame_of(marked, finder, breaks) == frame


@pytest.mark.parametrize(
    ("marked", "frame"),
    [
        pytest.param("What if a tea could [[cure gout]]?", "hedge", id="a what-if sells"),
        pytest.param("Want to [[cure gout]]?", "hedge", id="a wish sells"),
        pytest.param("Why not [[cure gout]] today?", "hedge", id="a why-not sells"),
        pytest.param("Can tea [[cure gout]]?", "question", id="a plain question asks"),
        pytest.param("How is [[gout treated]]?", "question", id="how asks"),
    ],
)
def test_a_question_on_a_page_that_sells(marked: str, frame: str, finder: FrameFinder, breaks: Breaks) -> None:
    assert frame_of(marked, finder, breaks, informs=False) == frame


@pytest.mark.parametrize(
    ("marked", "frame"),
    [
        pytest.param(
            "The FDA warned about pills, but our oil [[cures gout]].", "assert", id="behind another's warning"
        ),
        pytest.param("Forget the myths, our tea [[cures gout]].", "assert", id="behind a comma"),
        pytest.param(
            "Gout is a common disease, which our tea [[cures for good]].", "assert", id="in a relative clause"
        ),
        pytest.param("Talk to our nurse about how our drip [[cures gout]].", "assert", id="an invitation"),
        pytest.param("The watchdog said that our tea [[cures gout]] was a false claim.", "report", id="others on us"),
        pytest.param("Ask your doctor whether our tea [[treats gout]].", "question", id="whether our tea"),
        pytest.param("None of our teas, our oils or our balms [[cures gout]].", "negate", id="a denial with a list"),
        pytest.param("Users claim it [[ended their gout]].", "assert", id="users who claim"),
        pytest.param("Ever wondered why our users [[never have gout]]?", "hedge", id="a question that tells"),
        pytest.param("Could this root be the end of [[gout]]?", "hedge", id="a question that promises"),
        pytest.param("If a pill can [[cure gout]], how can you not try?", "hedge", id="the premise of a question"),
    ],
)
def test_a_seller_speaks_for_himself(marked: str, frame: str, finder: FrameFinder, breaks: Breaks) -> None:
    assert frame_of(marked, finder, breaks, informs=False) == frame


def test_frames_are_found_in_time_that_grows_with_their_number(finder: FrameFinder, breaks: Breaks) -> None:
    """A paragraph of many quotations is looked through once, not once for each frame asked for."""
    text = "“It cures gout.” " * 400
    source = Source("page.md", text)
    block = Block("paragraph", 0, len(text))
    reading = Reading(Document(source, Prose(source, [Piece(0, len(text))]), (block,)), breaks, NO_WORDS)
    assert {finder.frame(reading, at + 4, at + 14) for at in range(0, len(text), 17)} == {"quote"}
    assert len(finder._quotations[0]) == 400
