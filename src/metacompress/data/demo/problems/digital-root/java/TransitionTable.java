import java.io.IOException;

class Main {
  // NEXT[state][digit] is the single digit that represents state + digit
  private static final int[][] NEXT = new int[10][10];

  static {
    for (int s = 0; s < 10; s++)
      for (int d = 0; d < 10; d++)
        NEXT[s][d] = s + d < 10 ? s + d : s + d - 9;
  }

  private static int digitalRoot() throws IOException {
    int state = 0;
    for (int c = System.in.read(); c >= '0' && c <= '9'; c = System.in.read())
      state = NEXT[state][c - '0'];
    return state;
  }

  public static void main(String[] args) throws IOException {
    System.out.println(digitalRoot());
  }
}
