"""What the keys of scenario and rubric files are for, in an author's words; "" stands for the whole."""

MOVES = {
    "acknowledges_concern": "takes up the buyer's actual point, more than okay or I understand",
    "asks_open_question": "asks a genuine question that asks for an account: what, how, why, tell me",
    "asks_closed_question": "asks a genuine question with a short answer: yes or no, who, when, how much",
    "clarifies_root_cause": "asks what lies under an objection",
    "gives_evidence": "proves a claim: a customer's result, a number from real use",
    "reframes_value": "turns from the price to what it brings or what waiting costs",
    "confirms_resolution": "asks whether the answer settles it",
    "proposes_next_step": "names an action and a time",
    "probes_budget": "asks about money: set aside, spent today, how it is released",
    "probes_authority": "asks who decides, who can stop it, how approval works",
    "probes_need": "asks about the way they work now, what goes wrong, what would be better",
    "probes_timeline": "asks when they need or decide it, and why then",
    "uses_hedging": "a fault: weakens what they say with maybe, sort of, I guess",
    "interrupts_or_argues": "a fault: contradicts, presses, runs the other down",
}
ACTIVITIES = {
    "objection": "answering a doubt",
    "qualification": "finding out",
    "opening": "getting in",
    "value": "making the case",
    "negotiation": "agreeing on terms",
    "account": "keeping and growing a customer",
    "inside": "talks with one's own manager",
}

_SLUG = "Small letters, digits and single hyphens."

SCENARIO = {
    "Scenario": {
        "": "A scripted conversation: one skill, one rubric, and the same talk in several forms.",
        "id": f"The file's name without .yaml. {_SLUG}",
        "title": "What lists show, best in the buyer's words.",
        "skill": "What is practised; the rubric names the same.",
        "rubric": "How replies are judged: the id of a shipped rubric (trainer rubrics list), or the path of "
        "your own file seen from this one: my-rubric.yaml.",
        "activity": "Where in the work of selling the talk belongs.",
        "review_by": "The day by which somebody should read it again, YYYY-MM-DD; a year is a good while.",
        "minutes": "How long one run takes; each turn takes about one.",
        "goal": "What the rep should reach, in a sentence; they read it before they start.",
        "hotwords": "Names and terms the recogniser should expect.",
        "forms": "The same conversation with other people and other words, by the letters A, B, C. Two or "
        "more, so that a retest is honest.",
    },
    "Form": {
        "": "One wording of the conversation: who, where, and what they say.",
        "persona": "Whom the rep talks to.",
        "situation": "What the rep knows: what they sell, to whom, and the facts they may use.",
        "start": "The id of the turn that the talk begins with.",
        "turns": "What the buyer may say, each with where the talk goes next. Every way has three turns or "
        "more.",
    },
    "Persona": {
        "": "The buyer.",
        "name": "A made-up name.",
        "role": "What they are: operations director.",
        "company": "A made-up company.",
        "manner": "How they are to deal with, in a sentence or two.",
        "voice": "Which voice speaks for them.",
    },
    "Turn": {
        "": "One line of the buyer, what a good reply to it does, and where the talk goes.",
        "id": f"What branches name it by. {_SLUG}",
        "says": "The buyer's line, as people talk: under 60 words, no symbols a voice can't say.",
        "criteria": "What of the rubric is judged in the reply, by the ids of its criteria; two to four.",
        "next": "Where the talk goes. The first branch that fits is taken; the last asks for nothing.",
        "exemplars": "Replies that must score 80 or more; two at least.",
        "counter_examples": "Replies that must score under 50; two at least.",
    },
    "Branch": {
        "": "Where the talk goes when all of made was made and none of missed was.",
        "made": "Moves the reply must have made.",
        "missed": "Moves the reply must not have made.",
        "go": 'The id of the next turn, or "end".',
        "closing": 'The buyer\'s last line; where go is "end", and only there.',
    },
}
RUBRIC = {
    "Rubric": {
        "": "How a skill is judged: what is looked for, what each weighs, what passes.",
        "id": f"The file's name without .yaml. {_SLUG}",
        "skill": "The skill it judges; scenarios that use it name the same.",
        "title": "What lists show.",
        "pass_mark": "The score that passes, 1 to 100; 80 if left out.",
        "mastery": "What mastering the skill takes.",
        "delivery": "The bands that pace, pauses and fillers are coached by; they never change a score.",
        "criteria": "What is looked for, one to twelve.",
    },
    "Criterion": {
        "": "One thing that is met or not, by a move, by examples, or by a measure.",
        "id": f"What a scenario's turns name it by. {_SLUG}",
        "move": "The move that is looked for.",
        "examples": "Sentences that have it, in place of a move; about twenty.",
        "near_misses": "Sentences that nearly have it and don't; about twenty.",
        "said_as": "How it is said: a question, a statement or any; other clauses are never credited.",
        "measure": "A figure of the whole attempt, in place of a move.",
        "at_most": "The most the measure may be: a share of 1, seconds, or a count.",
        "at_least": "The least the measure may be.",
        "wanted": "false for a fault that must not be there.",
        "weight": "How much it counts, 1 to 10.",
        "says": "What the rep reads before they start.",
        "tip": "The advice when it is missed.",
        "model_answer": "One way to do it; check makes sure that it counts.",
        "scope": "turn, if left out: judged in each turn that lists it. attempt: once over all replies.",
    },
    "Mastery": {
        "": "What mastering the skill takes; what is left out stays as it is.",
        "unproven": "Whether criteria count that are not shown to agree with people.",
        "passes": "Passes in a row; 3 if left out.",
        "forms": "On how many forms; 2.",
        "new_forms": "How many of these new to the rep; 1.",
        "days": "On how many days; 2.",
        "retest_after_days": "Days until the retest; 5.",
    },
    "Bands": {
        "": "A band for each figure a rep is told about.",
        "pace_wpm": "Words a minute.",
        "fillers_per_100_words": "Ums and uhs in 100 words.",
        "longest_pause": "Seconds of the longest pause.",
        "response_latency": "Seconds until the answer begins.",
        "longest_without_question_seconds": "Seconds of speech without a question.",
    },
    "Band": {
        "": "From at_least to at_most nothing is said.",
        "at_least": "Where it begins.",
        "at_most": "Where it ends.",
        "source": "Where the numbers come from; reps are told.",
    },
}
KEYS: dict[str, dict[str, str]] = {**SCENARIO, **RUBRIC}
