#!/usr/bin/env python3
"""Write the tables that come from OpenCC: data/fold.tsv, script.tsv, characters.tsv, phrases.tsv.

    python3 tools/make_tables.py JIEBA_DICT data OPENCC_DICTIONARIES [OLDER_OPENCC_DICTIONARIES…]

JIEBA_DICT is jieba's dict.txt, OPENCC_DICTIONARIES a folder with OpenCC's tables as text
(TSCharacters.txt …); of older versions only the phrases are read.

fold.tsv: classes are the closure (union-find) of every pair of characters that OpenCC's tables
relate: character tables row by row, phrase tables character by character where a phrase and its
conversion have the same length. Unicode adds the compatibility ideographs and the Kangxi and CJK
radicals that normalise to one ideograph. A class is named by its member in GB 2312 that is commonest in
jieba's (Simplified) dictionary.

script.tsv: a character is Traditional only if OpenCC's tw2sp changes it, never keeps it, and it is
in neither GB 2312 nor among the characters that the List of Commonly Used Standard Chinese
Characters (2013) restored; Simplified only if OpenCC's s2t changes it and never keeps it.

characters.tsv: what tw2sp makes of a single character, where it changes it.

phrases.tsv: the phrases of two characters and more that tw2sp knows in any of the given versions.
Text without any of them is converted character by character.
"""
import collections
import pathlib
import sys
import unicodedata

# Two rows of the phrase tables differ by wording, not by script; each would merge two words.
NOT_VARIANTS = {frozenset("呆待"), frozenset("蔽庇")}
CHARACTERS = ["TSCharacters", "STCharacters", "TWVariants", "TWVariantsRev", "HKVariants", "HKVariantsRev"]
PHRASES = ["TSPhrases", "STPhrases", "TWVariantsRevPhrases", "HKVariantsRevPhrases"]


def rows(path):
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            key, values = line.split("\t")
            yield key, values.split(" ")


def is_han(char):
    code = ord(char)
    return (0x3400 <= code <= 0x9FFF or 0xF900 <= code <= 0xFAFF or 0x2E80 <= code <= 0x2FDF
            or 0x20000 <= code <= 0x323AF)


def is_compatibility(char):
    return unicodedata.normalize("NFKC", char) != char


class Classes:
    def __init__(self):
        self.parent = {}

    def find(self, char):
        self.parent.setdefault(char, char)
        while self.parent[char] != char:
            self.parent[char] = self.parent[self.parent[char]]
            char = self.parent[char]
        return char

    def union(self, a, b):
        if a != b and frozenset((a, b)) not in NOT_VARIANTS and is_han(a) and is_han(b):
            self.parent[self.find(a)] = self.find(b)


# In the List of 2013 though OpenCC takes them for Traditional; they stand in names of persons and places.
RESTORED = set("昇陞甦龢迺谿氾邨濬崑堃喆淼犇脩甯仝祐晧皙瞋噘蹚勠凓吒咤扞剋夥彷徵於乾牴瞭祇薹藉衹覆阪麽菸榘摺捱")


def table(opencc, name):
    return {key: values for key, values in rows(opencc / f"{name}.txt")}


def simplify(char, variants, characters):
    char = variants.get(char, [char])[0]
    return characters.get(char, [char])


def in_gb2312(char):
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def write_script(opencc, path):
    variants, characters = table(opencc, "TWVariantsRev"), table(opencc, "TSCharacters")
    traditional = [c for c in {**variants, **characters}
                   if c not in simplify(c, variants, characters) and not in_gb2312(c) and c not in RESTORED]
    simplified = [c for c, values in table(opencc, "STCharacters").items() if c not in values and in_gb2312(c)]
    with path.open("w", encoding="utf-8") as out:
        print("# Characters that tell the script of a text: the script, TAB, its characters by code point.", file=out)
        print("# Made by tools/make_tables.py from OpenCC's tables (https://github.com/BYVoid/OpenCC, Apache-2.0).", file=out)
        for name, chars in ("traditional", traditional), ("simplified", simplified):
            chars = "".join(sorted(chars))
            for start in range(0, len(chars), 64):
                print(f"{name}\t{chars[start:start + 64]}", file=out)


def write_fold(opencc, jieba, path):
    classes = Classes()
    targets = set()
    for name in CHARACTERS + PHRASES:
        for key, values in rows(opencc / f"{name}.txt"):
            for value in values:
                if len(value) == len(key):
                    for a, b in zip(key, value):
                        classes.union(a, b)
                if name == "TSCharacters":
                    targets.add(values[0])
    for code in [*range(0x2E80, 0x2FE0), *range(0xF900, 0xFB00), *range(0x2F800, 0x2FA20)]:
        plain = unicodedata.normalize("NFKC", chr(code))
        if len(plain) == 1 and is_han(plain):
            classes.union(chr(code), plain)

    frequency = collections.Counter()
    for line in jieba.read_text(encoding="utf-8").splitlines():
        word, count, _ = line.split()
        for char in word:
            frequency[char] += int(count)

    members = collections.defaultdict(list)
    for char in classes.parent:
        members[classes.find(char)].append(char)
    found = []
    for group in members.values():
        if len(group) > 1:
            name = max(group, key=lambda c: (in_gb2312(c), frequency[c], c in targets, not is_compatibility(c), -ord(c)))
            found.append((name, sorted(c for c in group if c != name)))
    with path.open("w", encoding="utf-8") as out:
        print("# Han characters that are one and the same to xinglin: the class's name, TAB, its other members.", file=out)
        print("# Made by tools/make_tables.py from OpenCC's tables (https://github.com/BYVoid/OpenCC, Apache-2.0)", file=out)
        print(f"# and the Unicode Character Database {unicodedata.unidata_version} (Unicode License v3).", file=out)
        print(f"# Classes: {len(found)}; sorted by the code point of the name.", file=out)
        for name, others in sorted(found):
            print(f"{name}\t{''.join(others)}", file=out)


def write_characters(opencc, path):
    variants, characters = table(opencc, "TWVariantsRev"), table(opencc, "TSCharacters")
    # Characters that Taiwan's table replaces by one other (矽 → 硅); 埠 → 端口 is no rewording of a character.
    words = {c: values for c, values in table(opencc, "TWPhrasesRev").items() if len(c) == len(values[0]) == 1}
    variants = {**variants, **words}
    pairs = [(c, simplify(c, variants, characters)[0]) for c in sorted({**variants, **characters})]
    with path.open("w", encoding="utf-8") as out:
        print("# What OpenCC's tw2sp makes of a single character: the character, TAB, its Simplified form.", file=out)
        print("# Made by tools/make_tables.py from OpenCC's tables (https://github.com/BYVoid/OpenCC, Apache-2.0).", file=out)
        for char, simplified in pairs:
            if char != simplified:
                print(f"{char}\t{simplified}", file=out)


def write_phrases(versions, path):
    phrases = {key for folder in versions for name in ("TSPhrases", "TWPhrasesRev", "TWVariantsRevPhrases")
               for key in table(folder, name) if len(key) > 1}
    with path.open("w", encoding="utf-8") as out:
        print("# Phrases that OpenCC's tw2sp converts as a whole, in one version or another, one a line.", file=out)
        print("# Made by tools/make_tables.py from OpenCC's tables (https://github.com/BYVoid/OpenCC, Apache-2.0).", file=out)
        for phrase in sorted(phrases):
            print(phrase, file=out)


def main():
    jieba, data, opencc, *older = map(pathlib.Path, sys.argv[1:])
    write_fold(opencc, jieba, data / "fold.tsv")
    write_script(opencc, data / "script.tsv")
    write_characters(opencc, data / "characters.tsv")
    write_phrases([opencc, *older], data / "phrases.tsv")


if __name__ == "__main__":
    main()
