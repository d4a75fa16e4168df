import java.util.LinkedList;
import java.util.Queue;
import java.util.Scanner;

class Main {
    static final int[] STEP = {0, 1, 0, -1, 0};

    static int numberOfIslands(String[] world, int width) {
        int height = world.length, answer = 0;
        boolean[][] done = new boolean[height][width];
        for (int start = 0; start < height * width; start++) {
            int sy = start / width, sx = start % width;
            if (done[sy][sx] || world[sy].charAt(sx) == '0') continue;
            answer++;
            done[sy][sx] = true;
            Queue<int[]> queue = new LinkedList<>();
            queue.offer(new int[] {sy, sx});
            while (queue.peek() != null) {
                int[] at = queue.remove();
                for (int d = 0; d < 4; d++) {
                    int y = at[0] + STEP[d], x = at[1] + STEP[d + 1];
                    if (y < 0 || y == height || x < 0 || x == width) continue;
                    if (!done[y][x] && world[y].charAt(x) == '1') {
                        done[y][x] = true;
                        queue.offer(new int[] {y, x});
                    }
                }
            }
        }
        return answer;
    }

    public static void main(String[] args) {
        Scanner sc = new Scanner(System.in);
        String[] world = new String[sc.nextInt()];
        int width = sc.nextInt();
        sc.nextLine();
        for (int y = 0; y < world.length; y++) {
            world[y] = sc.nextLine().replace(" ", "");
        }
        System.out.println(numberOfIslands(world, width));
    }
}
