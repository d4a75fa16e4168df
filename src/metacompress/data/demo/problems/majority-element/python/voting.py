def vote_majority(ballots):
    candidate, lead = None, 0
    for b in ballots:
        if lead == 0:
            candidate = b
        if b == candidate:
            lead += 1
        else:
            lead -= 1
    return candidate


def main():
    n = int(input())
    ballots = input().split() if n > 0 else []
    winner = vote_majority(ballots)
    # the survivor still has to be checked
    if n > 0 and ballots.count(winner) > n // 2:
        print(winner)
    else:
        print(-1)


main()
