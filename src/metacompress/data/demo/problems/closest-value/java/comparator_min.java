import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.Comparator;
import java.util.stream.Stream;

class Main {

  static int nearestValue(Stream<Integer> candidates, int t) {
    return candidates
        .min(Comparator.comparingInt((Integer x) -> Math.abs(x - t)).thenComparing(x -> x))
        .orElse(0);
  }

  public static void main(String[] args) throws IOException {
    BufferedReader reader = new BufferedReader(new InputStreamReader(System.in));
    reader.readLine(); // length
    String list = reader.readLine();
    int t = Integer.parseInt(reader.readLine().trim());
    Stream<Integer> candidates =
        Stream.of(list.split(" ")).filter(s -> !s.isEmpty()).map(Integer::parseInt);
    System.out.println(nearestValue(candidates, t));
  }
}
