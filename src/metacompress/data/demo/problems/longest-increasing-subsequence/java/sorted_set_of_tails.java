import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.StringTokenizer;
import java.util.TreeSet;

class Main {
    private final TreeSet<Long> tails = new TreeSet<>();

    // The new value replaces the smallest tail that is not below it.
    void offerSubsequence(long value) {
        Long replaced = tails.ceiling(value);
        if (replaced != null) {
            tails.remove(replaced);
        }
        tails.add(value);
    }

    public static void main(String[] args) throws IOException {
        BufferedReader br = new BufferedReader(new InputStreamReader(System.in));
        long pending = Long.parseLong(br.readLine().trim());
        Main chain = new Main();
        while (pending > 0) {
            StringTokenizer st = new StringTokenizer(br.readLine());
            for (; st.hasMoreTokens(); pending--) {
                chain.offerSubsequence(Long.parseLong(st.nextToken()));
            }
        }
        System.out.println(chain.tails.size());
    }
}
