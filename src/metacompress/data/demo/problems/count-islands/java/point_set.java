import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Scanner;
import java.util.Set;

class Main {
  record Point(int x, int y) {
    List<Point> neighbours() {
      return List.of(
          new Point(x + 1, y), new Point(x - 1, y), new Point(x, y + 1), new Point(x, y - 1));
    }
  }

  static void removeIsland(Set<Point> land, Point origin) {
    Deque<Point> frontier = new ArrayDeque<>();
    frontier.add(origin);
    land.remove(origin);
    while (!frontier.isEmpty()) {
      for (Point next : frontier.poll().neighbours()) {
        if (land.remove(next)) frontier.add(next);
      }
    }
  }

  public static void main(String[] args) {
    Set<Point> land = new HashSet<>();
    try (Scanner scanner = new Scanner(System.in)) {
      int height = scanner.nextInt();
      int width = scanner.nextInt();
      for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++)
          if (scanner.nextInt() == 1) land.add(new Point(x, y));
    }

    int islandCount = 0;
    for (; !land.isEmpty(); islandCount++) {
      removeIsland(land, land.iterator().next());
    }
    System.out.println(islandCount);
  }
}
