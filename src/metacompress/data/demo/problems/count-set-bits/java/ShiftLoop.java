import java.util.Scanner;

class Main {
    static int countSetBits(int n) {
        int ones = 0;
        for (int i = 0; i < 31; i++) {
            if (((n >> i) & 1) == 1) {
                ones++;
            }
        }
        return ones;
    }

    public static void main(String[] args) {
        Scanner sc = new Scanner(System.in);
        int n = sc.nextInt();
        System.out.println(countSetBits(n));
    }
}
