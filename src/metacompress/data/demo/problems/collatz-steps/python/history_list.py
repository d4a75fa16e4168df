from sys import stdin, stdout


class Walker:
    def __init__(self, origin):
        self.history = [origin]

    @property
    def position(self):
        return self.history[-1]

    def move(self):
        here = self.position
        rules = (here // 2, 3 * here + 1)
        self.history.append(rules[here % 2])

    def run(self):
        while self.position not in (0, 1):
            self.move()
        return len(self.history) - 1


if __name__ == "__main__":
    stdout.write(f"{Walker(int(stdin.readline())).run()}\n")
