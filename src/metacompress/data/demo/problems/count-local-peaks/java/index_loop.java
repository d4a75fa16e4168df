import java.util.Scanner;

class Main {
    static int countPeaks(int[] a) {
        int count = 0;
        for (int i = 1; i + 1 < a.length; i++) {
            boolean aboveLeft = a[i] > a[i - 1];
            boolean aboveRight = a[i] > a[i + 1];
            if (aboveLeft && aboveRight) {
                count++;
            }
        }
        return count;
    }

    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        int n = in.nextInt();
        int[] a = new int[n];
        for (int i = 0; i < n; i++) {
            a[i] = in.nextInt();
        }
        System.out.println(countPeaks(a));
    }
}
