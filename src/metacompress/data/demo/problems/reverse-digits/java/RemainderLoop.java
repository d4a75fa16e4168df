import java.util.Scanner;

class Main {
    static int reverseNumber(int n) {
        int turned = 0;
        for (; n > 0; n /= 10) {
            int digit = n % 10;
            turned = turned * 10 + digit;
        }
        return turned;
    }

    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        System.out.println(reverseNumber(in.nextInt()));
    }
}
