"""The forms of an English verb, for `<treat>` in phrases and lexicons."""

from __future__ import annotations

_IRREGULAR = {
    "be": "be am is are was were been being", "become": "become becomes became becoming",
    "beat": "beat beats beating beaten", "begin": "begin begins began begun beginning", "bid": "bid bids bidding",
    "break": "break breaks broke broken breaking", "bring": "bring brings brought bringing",
    "build": "build builds built building", "burn": "burn burns burned burnt burning", "buy": "buy buys bought buying",
    "catch": "catch catches caught catching", "choose": "choose chooses chose chosen choosing",
    "come": "come comes came coming", "cut": "cut cuts cutting", "deal": "deal deals dealt dealing",
    "do": "do does did done doing", "draw": "draw draws drew drawn drawing", "drink": "drink drinks drank drunk drinking",
    "drive": "drive drives drove driven driving", "eat": "eat eats ate eaten eating", "fall": "fall falls fell fallen falling",
    "feed": "feed feeds fed feeding", "feel": "feel feels felt feeling", "fight": "fight fights fought fighting",
    "find": "find finds found finding", "forget": "forget forgets forgot forgotten forgetting",
    "freeze": "freeze freezes froze frozen freezing", "get": "get gets got gotten getting",
    "give": "give gives gave given giving", "go": "go goes went gone going", "grow": "grow grows grew grown growing",
    "have": "have has had having", "hear": "hear hears heard hearing", "hide": "hide hides hid hidden hiding",
    "hit": "hit hits hitting", "hold": "hold holds held holding", "hurt": "hurt hurts hurting",
    "keep": "keep keeps kept keeping", "know": "know knows knew known knowing", "lead": "lead leads led leading",
    "learn": "learn learns learned learnt learning", "leave": "leave leaves left leaving", "let": "let lets letting",
    "lose": "lose loses lost losing", "make": "make makes made making", "mean": "mean means meant meaning",
    "meet": "meet meets met meeting", "overcome": "overcome overcomes overcame overcoming",
    "pay": "pay pays paid paying", "put": "put puts putting", "quit": "quit quits quitting",
    "read": "read reads reading", "regrow": "regrow regrows regrew regrown regrowing", "rid": "rid rids ridding",
    "rebuild": "rebuild rebuilds rebuilt rebuilding", "rise": "rise rises rose risen rising",
    "run": "run runs ran running", "say": "say says said saying", "see": "see sees saw seen seeing",
    "sell": "sell sells sold selling", "send": "send sends sent sending", "set": "set sets setting",
    "shed": "shed sheds shedding", "show": "show shows showed shown showing",
    "shrink": "shrink shrinks shrank shrunk shrinking", "shut": "shut shuts shutting",
    "sleep": "sleep sleeps slept sleeping", "speak": "speak speaks spoke spoken speaking",
    "spend": "spend spends spent spending", "stand": "stand stands stood standing",
    "stave": "stave staves staved stove staving", "steal": "steal steals stole stolen stealing",
    "stick": "stick sticks stuck sticking", "swear": "swear swears swore sworn swearing",
    "take": "take takes took taken taking", "teach": "teach teaches taught teaching", "tell": "tell tells told telling",
    "think": "think thinks thought thinking", "throw": "throw throws threw thrown throwing",
    "undergo": "undergo undergoes underwent undergone undergoing", "undo": "undo undoes undid undone undoing",
    "understand": "understand understands understood understanding", "wake": "wake wakes woke woken waking",
    "wear": "wear wears wore worn wearing", "win": "win wins won winning", "write": "write writes wrote written writing",
    "die": "die dies died dying", "lie": "lie lies lay lain lied lying", "tie": "tie ties tied tying",
    "free": "free frees freed freeing", "combat": "combat combats combated combatted combating combatting",
    "target": "target targets targeted targetted targeting", "benefit": "benefit benefits benefited benefitted benefiting",
    "cancel": "cancel cancels cancelled canceled cancelling canceling", "detox": "detox detoxes detoxed detoxing",
    "fix": "fix fixes fixed fixing", "relax": "relax relaxes relaxed relaxing",
}  # fmt: skip
_DOUBLING = frozenset(
    "stop drop flip wrap trap trim slim plan chop dip grab plug rub scrub scan skip slip snap strip swap tap zap rev rid "
    "bin fit knit let nip pat pin ship sit spin step stir tan tip top whip jog hug shop control propel repel expel compel "
    "rebel regret refer prefer transfer occur deter admit commit permit submit omit equip flush".split()
) - {"flush"}
_VOWELS = frozenset("aeiou")


def verb_forms(verb: str) -> tuple[str, ...]:
    """Return every form of `verb` ("treat" gives treat, treats, treated, treating), the base form first.

    A verb of several words inflects its first ("clear up" gives "clears up").
    """
    head, _, rest = verb.partition(" ")
    tail = f" {rest}" if rest else ""
    forms = _IRREGULAR[head].split() if head in _IRREGULAR else _regular(head)
    return tuple(dict.fromkeys(form + tail for form in forms))


def _regular(verb: str) -> list[str]:
    if verb.endswith(("s", "x", "z", "ch", "sh", "o")):
        third = verb + "es"
    elif verb.endswith("y") and verb[-2:-1] not in _VOWELS:
        third = verb[:-1] + "ies"
    else:
        third = verb + "s"
    if verb.endswith("e"):
        return [verb, third, verb + "d", verb[:-1] + "ing"]
    if verb.endswith("y") and verb[-2:-1] not in _VOWELS:
        return [verb, third, verb[:-1] + "ied", verb + "ing"]
    stem = verb + verb[-1] if verb in _DOUBLING else verb
    return [verb, third, stem + "ed", stem + "ing"]
