import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StreamTokenizer;

class Main {
  static final int MAX = 31623;

  static boolean[] compositesUpToMax() {
    boolean[] composite = new boolean[MAX + 1];
    for (int i = 2; i * i <= MAX; i++) {
      if (composite[i]) continue;
      for (int j = i * i; j <= MAX; j += i) composite[j] = true;
    }
    return composite;
  }

  public static void main(String[] args) throws IOException {
    StreamTokenizer in = new StreamTokenizer(new InputStreamReader(System.in));
    in.nextToken();
    int n = (int) in.nval;
    boolean[] composite = compositesUpToMax();
    int cofactor = Math.max(n, 1);
    int best = 1;
    for (int p = MAX; p >= 2; p--) {
      if (composite[p] || cofactor % p != 0) continue;
      if (best == 1) best = p;
      while (cofactor % p == 0) cofactor /= p;
    }
    // anything left is a single prime above the sieve
    System.out.println(Math.max(best, cofactor));
  }
}
