import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.StringTokenizer;

class Main {
  /** sums[i][j] is the total of the elements i..j-1. */
  static long[][] allSums(long[] a) {
    long[][] sums = new long[a.length + 1][a.length + 1];
    for (int i = a.length - 1; i >= 0; i--)
      for (int j = i + 1; j <= a.length; j++)
        sums[i][j] = a[i] + sums[i + 1][j];
    return sums;
  }

  public static void main(String[] args) throws IOException {
    BufferedReader br = new BufferedReader(new InputStreamReader(System.in));
    long[] a = new long[Integer.parseInt(br.readLine().trim())];
    StringTokenizer line = new StringTokenizer(br.readLine());
    for (int k = 0; line.hasMoreTokens(); k++) a[k] = Long.parseLong(line.nextToken());
    long wanted = Long.parseLong(br.readLine().trim());

    long[][] sums = allSums(a);
    int subarrayCount = 0;
    for (int i = 0; i < a.length; i++) {
      for (int j = i + 1; j <= a.length; j++) {
        if (sums[i][j] == wanted) subarrayCount++;
      }
    }
    System.out.println(subarrayCount);
  }
}
