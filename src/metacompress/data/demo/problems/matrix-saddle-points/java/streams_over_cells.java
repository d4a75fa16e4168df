import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.stream.IntStream;
import java.util.stream.Stream;

class Main {
  private final int[][] grid;

  private Main(int[][] grid) {
    this.grid = grid;
  }

  private boolean isSaddle(int y, int x) {
    int here = grid[y][x];
    return IntStream.of(grid[y]).allMatch(v -> v >= here)
        && Stream.of(grid).mapToInt(row -> row[x]).noneMatch(v -> v > here);
  }

  long count() {
    return IntStream.range(0, grid.length)
        .mapToLong(y -> IntStream.range(0, grid[y].length).filter(x -> isSaddle(y, x)).count())
        .sum();
  }

  public static void main(String[] args) throws IOException {
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
    in.readLine();
    int[][] grid = in.lines()
        .map(line -> Stream.of(line.trim().split(" ")).mapToInt(Integer::parseInt).toArray())
        .toArray(int[][]::new);
    System.out.println(new Main(grid).count());
  }
}
