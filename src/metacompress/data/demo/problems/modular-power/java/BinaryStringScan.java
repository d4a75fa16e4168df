import java.math.BigInteger;
import java.util.Scanner;

class Main {
  private static final BigInteger MODULUS = new BigInteger("1000007");

  static BigInteger scan(BigInteger base, String bits) {
    BigInteger acc = BigInteger.ONE;
    for (char bit : bits.toCharArray()) {
      acc = acc.multiply(acc);
      if (bit == '1') acc = acc.multiply(base);
      acc = acc.mod(MODULUS);   // never negative
    }
    return acc;
  }

  public static void main(String[] args) {
    try (Scanner scanner = new Scanner(System.in)) {
      BigInteger base = new BigInteger(scanner.next());
      String bits = new BigInteger(scanner.next()).toString(2);
      System.out.println(scan(base, bits));
    }
  }
}
