import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.StringTokenizer;

class Main {
    private static long[][] binomialWays(int height) {
        long[][] t = new long[height + 1][];
        for (int row = 0; row <= height; row++) {
            t[row] = new long[row + 1];
            t[row][0] = t[row][row] = 1;
            for (int col = 1; col < row; col++) {
                t[row][col] = t[row - 1][col - 1] + t[row - 1][col];
            }
        }
        return t;
    }

    public static void main(String[] args) throws IOException {
        BufferedReader reader = new BufferedReader(new InputStreamReader(System.in));
        StringTokenizer words = new StringTokenizer(reader.readLine());
        int row = Integer.parseInt(words.nextToken());
        int col = Integer.parseInt(words.nextToken());
        boolean inside = 0 <= col && col <= row;
        System.out.println(inside ? binomialWays(row)[row][col] : 0);
    }
}
