import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;

class Main {
  private final List<Integer> coins;
  private final Map<Integer, OptionalInt> known = new HashMap<>();

  Main(List<Integer> coins) {
    this.coins = coins;
  }

  OptionalInt countCoins(int rest) {
    if (rest == 0) return OptionalInt.of(0);
    if (known.containsKey(rest)) return known.get(rest);
    OptionalInt best = coins.stream()
        .filter(coin -> coin <= rest)
        .map(coin -> countCoins(rest - coin))
        .filter(OptionalInt::isPresent)
        .mapToInt(found -> found.getAsInt() + 1)
        .min();
    known.put(rest, best);
    return best;
  }

  public static void main(String[] args) throws IOException {
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
    in.readLine();
    List<Integer> coins = Stream.of(in.readLine().split("\\s+"))
        .filter(word -> !word.isEmpty())
        .map(Integer::valueOf)
        .collect(Collectors.toList());
    int amount = Integer.parseInt(in.readLine().trim());
    System.out.println(new Main(coins).countCoins(amount).orElse(-1));
  }
}
