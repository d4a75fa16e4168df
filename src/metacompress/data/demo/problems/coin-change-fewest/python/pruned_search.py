import sys

data = sys.stdin.read().split()


class ChangeMaker:
    def __init__(self, values):
        self.values = sorted(set(values), reverse=True)
        self.best = None

    def search_coins(self, kind, rest, used):
        if rest == 0:
            if self.best is None or used < self.best:
                self.best = used
            return
        if kind == len(self.values):
            return
        value = self.values[kind]
        most, left_over = divmod(rest, value)
        # even if the largest value did all the work it would take this many
        bound = used + most + (left_over > 0)
        if self.best is not None and bound >= self.best:
            return
        for amount in range(most, -1, -1):
            self.search_coins(kind + 1, rest - amount * value, used + amount)


def main():
    n = int(data[0])
    maker = ChangeMaker(int(word) for word in data[1:n + 1])
    maker.search_coins(0, int(data[n + 1]), 0)
    print(maker.best if maker.best is not None else -1)


if __name__ == "__main__":
    main()
