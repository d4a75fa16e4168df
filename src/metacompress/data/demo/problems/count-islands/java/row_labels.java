import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.*;

class Main {
    /** Replaces one label by another in the row above and the row being built. */
    static void relabelIslands(int[] row, int from, int to) {
        for (int k = 0; k < row.length; k++) {
            if (row[k] == from) row[k] = to;
        }
    }

    public static void main(String[] args) throws IOException {
        BufferedReader br = new BufferedReader(new InputStreamReader(System.in));
        StringTokenizer sizes = new StringTokenizer(br.readLine());
        int lines = Integer.parseInt(sizes.nextToken());
        int[] above = new int[Integer.parseInt(sizes.nextToken())];
        int fresh = 0;
        Set<Integer> alive = new TreeSet<>();

        // only two rows are ever kept in memory
        while (lines-- > 0) {
            StringTokenizer line = new StringTokenizer(br.readLine());
            int[] current = new int[above.length];
            for (int k = 0; k < current.length; k++) {
                if (line.nextToken().equals("0")) continue;
                int west = k > 0 ? current[k - 1] : 0;
                int north = above[k];
                if (west == 0 && north == 0) {
                    current[k] = ++fresh;
                    alive.add(fresh);
                } else {
                    current[k] = Math.max(west, north);
                    if (west != 0 && north != 0 && west != north) {
                        int dropped = Math.min(west, north);
                        relabelIslands(above, dropped, current[k]);
                        relabelIslands(current, dropped, current[k]);
                        alive.remove(dropped);
                    }
                }
            }
            above = current;
        }
        System.out.println(alive.size());
    }
}
