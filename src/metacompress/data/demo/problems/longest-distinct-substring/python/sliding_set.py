def longest_substring(text):
    window = set()
    left = 0
    record = 0
    for c in text:
        while c in window:
            window.remove(text[left])
            left += 1
        window.add(c)
        if len(window) > record:
            record = len(window)
    return record

def main():
    try:
        text = input()
    except EOFError:
        text = ''
    print(longest_substring(text))

main()
