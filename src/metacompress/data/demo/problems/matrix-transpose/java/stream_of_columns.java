import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

class Main {

  private static String column(String[][] table, int j) {
    return Stream.of(table).map(row -> row[j]).collect(Collectors.joining(" "));
  }

  static String transpose(String[][] table) {
    return IntStream.range(0, table[0].length)
        .mapToObj(j -> column(table, j))
        .collect(Collectors.joining("\n"));
  }

  public static void main(String[] args) throws IOException {
    BufferedReader reader = new BufferedReader(new InputStreamReader(System.in));
    reader.readLine(); // the sizes follow from the lines themselves
    String[][] table = reader.lines()
        .map(String::trim)
        .filter(s -> !s.isEmpty())
        .map(s -> s.split("\\s+"))
        .toArray(String[][]::new);
    System.out.println(transpose(table));
  }
}
