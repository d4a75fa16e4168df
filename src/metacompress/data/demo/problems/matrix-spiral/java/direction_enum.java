import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StreamTokenizer;

class Main {
  enum Heading {
    EAST(0, 1), SOUTH(1, 0), WEST(0, -1), NORTH(-1, 0);

    final int dr, dc;

    Heading(int dr, int dc) {
      this.dr = dr;
      this.dc = dc;
    }

    Heading right() {
      return values()[(ordinal() + 1) % 4];
    }
  }

  private static int next(StreamTokenizer st) throws IOException {
    st.nextToken();
    return (int) st.nval;
  }

  // The grid has a border of nulls, and a visited cell becomes null too.
  static void followSpiral(Integer[][] grid, int remaining, StringBuilder sb) {
    Heading heading = Heading.EAST;
    for (int r = 1, c = 1; remaining > 0; remaining--) {
      sb.append(grid[r][c]).append(remaining > 1 ? ' ' : '\n');
      grid[r][c] = null;
      if (grid[r + heading.dr][c + heading.dc] == null) heading = heading.right();
      r += heading.dr;
      c += heading.dc;
    }
  }

  public static void main(String[] args) throws IOException {
    StreamTokenizer st = new StreamTokenizer(new InputStreamReader(System.in));
    int height = next(st), width = next(st);
    Integer[][] grid = new Integer[height + 2][width + 2];
    for (int r = 1; r <= height; r++)
      for (int c = 1; c <= width; c++) grid[r][c] = next(st);
    StringBuilder sb = new StringBuilder();
    followSpiral(grid, height * width, sb);
    System.out.print(sb);
  }
}
