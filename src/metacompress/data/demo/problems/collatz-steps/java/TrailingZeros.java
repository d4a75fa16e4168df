import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StreamTokenizer;

class Main {
  public static void main(String[] args) throws IOException {
    StreamTokenizer tokens = new StreamTokenizer(new InputStreamReader(System.in));
    tokens.nextToken();
    long odd = (long) tokens.nval;
    if (odd < 2) {
      System.out.println(0);
      return;
    }
    int used = Long.numberOfTrailingZeros(odd);
    odd >>>= used;
    while (odd != 1) {
      // one tripling, then every possible halving
      long big = 3 * odd + 1;
      int shift = Long.numberOfTrailingZeros(big);
      odd = big >>> shift;
      used += 1 + shift;
    }
    System.out.println(used);
  }
}
