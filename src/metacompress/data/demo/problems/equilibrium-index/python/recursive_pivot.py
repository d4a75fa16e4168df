import sys


class Seesaw:
    def __init__(self, weights):
        self.weights = weights

    def find(self, pivot, left, right):
        """left and right are the loads on either side of the pivot."""
        if left == right:
            return pivot
        if pivot + 1 == len(self.weights):
            return -1
        left += self.weights[pivot]
        right -= self.weights[pivot + 1]
        return self.find(pivot + 1, left, right)

    def first_equilibrium(self):
        if not self.weights:
            return -1
        return self.find(0, 0, sum(self.weights[1:]))


if __name__ == "__main__":
    n, *weights = [int(w) for w in sys.stdin.read().split()]
    print(Seesaw(weights[:n]).first_equilibrium())
