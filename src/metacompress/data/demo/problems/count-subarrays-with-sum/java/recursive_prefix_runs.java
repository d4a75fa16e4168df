import java.io.*;

class Main {
    static int[] a;

    // Runs that begin exactly at `from`, given what is still missing.
    static int startingAt(int from, int missing) {
        if (from == a.length) return 0;
        int hit = a[from] == missing ? 1 : 0;
        return hit + startingAt(from + 1, missing - a[from]);
    }

    static int countSubarraysWithSum(int from, int t) {
        return from == a.length ? 0 : startingAt(from, t) + countSubarraysWithSum(from + 1, t);
    }

    public static void main(String[] args) throws IOException {
        StreamTokenizer tok = new StreamTokenizer(new InputStreamReader(System.in));
        tok.nextToken();
        a = new int[(int) tok.nval];
        for (int i = 0; tok.nextToken() != StreamTokenizer.TT_EOF; i++) {
            if (i == a.length) {
                System.out.println(countSubarraysWithSum(0, (int) tok.nval));
                break;
            }
            a[i] = (int) tok.nval;
        }
    }
}
