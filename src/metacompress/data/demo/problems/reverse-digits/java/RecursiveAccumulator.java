import java.io.InputStreamReader;
import java.io.StreamTokenizer;

class Main {
  private static int move(int from, int to) {
    if (from == 0) {
      return to;
    }
    return move(from / 10, 10 * to + from % 10);
  }

  public static void main(String[] args) throws Exception {
    StreamTokenizer tokenizer = new StreamTokenizer(new InputStreamReader(System.in));
    tokenizer.nextToken();
    int start = (int) tokenizer.nval;
    System.out.println(move(start, 0));
  }
}
