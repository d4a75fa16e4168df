import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

class Main {

  static long pairs(List<Integer> xs, int total) {
    return IntStream.range(0, xs.size())
        .mapToLong(j -> xs.subList(0, j).stream().filter(x -> x + xs.get(j) == total).count())
        .sum();
  }

  public static void main(String[] args) throws IOException {
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
    List<Integer> all = in.lines()
        .flatMap(line -> Stream.of(line.split("\\s+")))
        .filter(word -> !word.isEmpty())
        .map(Integer::valueOf)
        .collect(Collectors.toList());
    // first the length, last the target
    int end = all.size() - 1;
    System.out.println(pairs(all.subList(1, end), all.get(end)));
  }
}
