import java.util.Scanner;

class Main {
    static final long MOD = 1_000_007;

    static long power(long base, int exponent) {
        long result = 1;
        long square = Math.floorMod(base, MOD);
        for (int e = exponent; e > 0; e /= 2) {
            if (e % 2 == 1) {
                result = result * square % MOD;
            }
            square = square * square % MOD;
        }
        return result;
    }

    public static void main(String[] args) {
        Scanner sc = new Scanner(System.in);
        long base = sc.nextLong();
        int exponent = sc.nextInt();
        System.out.println(power(base, exponent));
    }
}
