import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

class Main {

  static long sum(String line) {
    return Stream.of(line.trim().split("\\s+")).mapToLong(Long::parseLong).sum();
  }

  public static void main(String[] args) throws IOException {
    var reader = new BufferedReader(new InputStreamReader(System.in));
    reader.readLine();
    List<Long> sums = reader.lines().filter(line -> !line.isBlank()).map(Main::sum).toList();

    int largestRow = IntStream.range(0, sums.size())
        .boxed()
        .max(Comparator.<Integer, Long>comparing(sums::get).thenComparing(Comparator.reverseOrder()))
        .orElseThrow();
    System.out.println(largestRow);
  }
}
