import sys


def only_letters(text):
    return "".join(ch for ch in text if ch.isalpha()).lower()


def palindrome_answer(text):
    letters = only_letters(text)
    if not letters:
        return "-"
    return "yes" if letters == letters[::-1] else "no"


if __name__ == "__main__":
    print(palindrome_answer(sys.stdin.readline()))
