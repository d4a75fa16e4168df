import sys

tokens = sys.stdin.read().split()


def answer(stack, limit):
    # drop elements from the end as long as they are large enough;
    # what is left over is exactly the part in front of the answer
    while stack and stack[-1] >= limit:
        stack.pop()
    return len(stack)


def lower_bound_index():
    limit = int(tokens.pop())
    stack = []
    for token in tokens[1:]:
        stack.append(int(token))
    sys.stdout.write(str(answer(stack, limit)) + "\n")


if __name__ == "__main__":
    lower_bound_index()
