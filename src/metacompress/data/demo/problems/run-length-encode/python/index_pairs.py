def run_length_encoding(s):
    out = ''
    start = 0
    n = len(s)
    while start < n:
        stop = start + 1
        while stop < n and s[stop] == s[start]:
            stop += 1
        out += str(stop - start) + s[start]
        start = stop
    return out

def main():
    try:
        s = input()
    except EOFError:
        s = ''
    print(run_length_encoding(s))

main()
