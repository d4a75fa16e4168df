import java.io.InputStreamReader;
import java.io.StreamTokenizer;

class Main {
  private static int reversedDigits(int from, int to) {
    if (from == 0) {
      return to;
    }
    return reversedDigits(from / 10, 10 * to + from % 10);
  }

  public static void main(String[] args) throws Exception {
    StreamTokenizer tokenizer = new StreamTokenizer(new InputStreamReader(System.in));
    tokenizer.nextToken();
    int start = (int) tokenizer.nval;
    System.out.println(reversedDigits(start, 0));
  }
}
