import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

class Main {
  static final BigInteger ONE = BigInteger.ONE;

  /** Strong probable-prime test of an odd n to one base. */
  static boolean passes(BigInteger n, int base) {
    BigInteger minusOne = n.subtract(ONE);
    int s = minusOne.getLowestSetBit();
    BigInteger y = BigInteger.valueOf(base).modPow(minusOne.shiftRight(s), n);
    if (y.equals(ONE)) return true;
    for (int round = 0; round < s; round++) {
      if (y.equals(minusOne)) return true;
      y = y.multiply(y).mod(n);
    }
    return false;
  }

  public static void main(String[] args) throws Exception {
    String text = new String(System.in.readAllBytes(), StandardCharsets.US_ASCII).trim();
    int value = Integer.parseInt(text);
    String primeWord = value < 2 ? "neither" : "prime";
    for (int base : new int[] {2, 3, 5, 7}) {
      if (value <= base) break;
      if (value % base == 0 || !passes(new BigInteger(text), base)) {
        primeWord = "composite";
        break;
      }
    }
    System.out.println(primeWord);
  }
}
