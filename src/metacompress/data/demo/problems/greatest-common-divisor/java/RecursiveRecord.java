import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;

class Main {
    record Pair(long big, long small) {
        Pair next() {
            return new Pair(small, big % small);
        }

        long solveGcd() {
            return small == 0 ? big : next().solveGcd();
        }
    }

    public static void main(String[] args) throws IOException {
        var in = new BufferedReader(new InputStreamReader(System.in));
        String[] parts = in.readLine().trim().split("\\s+");
        long x = Math.abs(Long.parseLong(parts[0]));
        long y = Math.abs(Long.parseLong(parts[1]));
        System.out.println(new Pair(Math.max(x, y), Math.min(x, y)).solveGcd());
    }
}
