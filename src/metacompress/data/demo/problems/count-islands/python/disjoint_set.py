from sys import stdin


class DisjointSet:
    def __init__(self):
        self.parent = {}

    def add(self, item):
        self.parent[item] = item

    def find(self, item):
        if self.parent[item] != item:
            self.parent[item] = self.find(self.parent[item])
        return self.parent[item]

    def union_islands(self, a, b):
        if a in self.parent and b in self.parent:
            self.parent[self.find(a)] = self.find(b)

    def __len__(self):
        return sum(1 for item, parent in self.parent.items() if item == parent)


if __name__ == "__main__":
    tokens = stdin.read().split()
    width = int(tokens[1])
    groups = DisjointSet()
    for index, token in enumerate(tokens[2:]):
        if token == "0":
            continue
        groups.add(index)
        if index % width:
            groups.union_islands(index, index - 1)
        groups.union_islands(index, index - width)
    print(len(groups))
