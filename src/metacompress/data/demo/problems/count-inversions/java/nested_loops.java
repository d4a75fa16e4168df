import java.util.Scanner;

class Main {
    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        int n = in.nextInt();
        int[] a = new int[n];
        for (int i = 0; i < n; i++) {
            a[i] = in.nextInt();
        }
        System.out.println(countInversions(a));
    }

    static long countInversions(int[] a) {
        long count = 0;
        for (int j = 1; j < a.length; j++) {
            for (int i = 0; i < j; i++) {
                if (a[i] > a[j]) {
                    count++;
                }
            }
        }
        return count;
    }
}
