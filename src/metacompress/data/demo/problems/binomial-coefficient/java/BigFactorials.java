import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.stream.LongStream;

class Main {
  static BigInteger factorial(int m) {
    return LongStream.rangeClosed(1, m)
        .mapToObj(BigInteger::valueOf)
        .reduce(BigInteger.ONE, BigInteger::multiply);
  }

  static String binomialQuotient(int total, int part) {
    int rest = total - part;
    if (part < 0 || rest < 0) return "0";
    return factorial(total).divide(factorial(part)).divide(factorial(rest)).toString();
  }

  public static void main(String[] args) throws Exception {
    String all = new String(System.in.readAllBytes(), StandardCharsets.US_ASCII).strip();
    int gap = all.indexOf(' ');
    int total = Integer.parseInt(all.substring(0, gap));
    int part = Integer.parseInt(all.substring(gap + 1));
    System.out.println(binomialQuotient(total, part));
  }
}
