import re
import sys


def reduce(s):
    shorter = s.replace('()', '').replace('[]', '').replace('{}', '')
    return s if shorter == s else reduce(shorter)


def main():
    text = sys.stdin.read().split('\n')[0]
    brackets = re.sub(r'[^][(){}]', '', text)
    if brackets == '':
        print('-')
    elif reduce(brackets) == '':
        print('yes')
    else:
        print('no')


main()
