import java.nio.charset.StandardCharsets;

class Main {
  private static final int[] TABLE = new int[256];

  static {
    for (int i = 1; i < TABLE.length; i++) {
      TABLE[i] = TABLE[i / 2] + i % 2;
    }
  }

  static int bitsOfByte(int word) {
    int sum = 0;
    for (; word > 0; word /= 256) sum += TABLE[word % 256];
    return sum;
  }

  public static void main(String[] args) throws Exception {
    String digits = new String(System.in.readAllBytes(), StandardCharsets.US_ASCII);
    System.out.println(bitsOfByte(Integer.parseInt(digits.strip())));
  }
}
