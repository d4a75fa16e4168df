import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.TreeSet;

class Main {
    private static int primeFactorOf(int v) {
        // start at the root: the two parts come out of similar size
        for (int d = (int) Math.sqrt(v); d > 1; d--) {
            if (v % d == 0) return d;
        }
        return 1;
    }

    public static void main(String[] args) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
        Deque<Integer> pending = new ArrayDeque<>();
        TreeSet<Integer> primes = new TreeSet<>();
        primes.add(1);
        pending.push(Math.max(1, Integer.parseInt(in.readLine().trim())));
        while (!pending.isEmpty()) {
            int v = pending.pop();
            int d = primeFactorOf(v);
            if (d == 1) {
                primes.add(v);
            } else {
                pending.push(d);
                pending.push(v / d);
            }
        }
        System.out.println(primes.last());
    }
}
